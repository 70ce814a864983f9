/** The input of a command or query that takes no data: only `{}` is valid. */
export class NoData {}
