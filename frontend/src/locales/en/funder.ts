// Why: English words of the funder pages.
export default {
  title: 'Rounds',
};
