/** Texts by their SHA-256 in hex, of all documents of the web app below the folder of its sources. */
export declare function documentsOf(sources: string): Record<string, string>;
