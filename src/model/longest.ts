/** The most characters of a file: above this it is not meant to be read by people or API servers. */
export const LONGEST_FILE = 64 * 1024 * 1024;

/** The most characters that are read with all that YAML has: in what is broken on purpose, each takes 700 bytes of memory. */
export const LONGEST_RARE = 2 * 1024 * 1024;

/** The most characters of a document whose values are found in it: each takes 40 bytes of memory. */
export const LONGEST_PLACED = 16 * 1024 * 1024;
