/**
 * Every view whose rows hold personal fields, sealed as they came: what an erasure, a copy for training or a new index
 * has to look at. A test searches the tables of all views and holds this list against what it finds.
 */
export const viewsWithPersonalFields = [
  {
    view: 'dossier_rejects',
    column: 'line',
    why: 'a line that was not taken is shown and sent again as it came',
  },
] as const
