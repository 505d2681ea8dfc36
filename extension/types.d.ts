/** What the content scripts share; each file's first comment says what it adds. */
declare var hearsay: any;
