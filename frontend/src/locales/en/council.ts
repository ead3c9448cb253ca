// Why: English words of the council pages.
export default {
  title: 'Sector report',
  intro: 'Aggregates of all submitted applications across funders. No single application can be opened here.',
  by: 'Broken down by',
  dimension: { DISTRICT: 'District', SERVICE_AREA: 'Service area', SIZE_BAND: 'Size of organisation' },
  none: 'No snapshot has been published yet. It follows the first submitted application.',
  asAt: 'As at',
  snapshot: 'snapshot',
  show: 'Map and bars show',
  measure: {
    asked: 'Asked (HK$)',
    awarded: 'Awarded (HK$)',
    applications: 'Applications',
    organisations: 'Organisations',
  },
  caption: 'Sector figures by {{dimension}}',
  suppressed: 'suppressed (small cell)',
  threshold:
    'A cell with fewer than {{count}} organisations is suppressed, and where it could be worked out from the total another one with it.',
  applicationsNote: 'A project in several places counts in each with its share, so that the shares add up to one project.',
  elsewhere: 'Rows that belong to no single district are not on the map.',
  map: {
    title: '{{measure}} by district',
    label: 'Schematic map of the 18 districts; the table lists the same figures.',
    suppressed: 'suppressed',
    legend: 'white: none; then smallest to largest shown; hatched: suppressed',
    note: 'Own schematic: tiles of equal size, not boundaries.',
  },
  table: { name: 'Name', bar: 'Bar', total: 'Whole sector' },
};
