/** Where Nest finds the running platform. */
export const platformToken = Symbol('platform')
