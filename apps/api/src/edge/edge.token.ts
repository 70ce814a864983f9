/** Where Nest finds the gate. */
export const gateToken = Symbol('gate')
