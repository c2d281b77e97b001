/**
 * Thrown where something is rare enough to be left to a program that knows all of YAML.
 */
export class NotSure extends Error {}
