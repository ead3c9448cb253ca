// Why: English words of the council pages.
export default {
  title: 'Sector report',
};
