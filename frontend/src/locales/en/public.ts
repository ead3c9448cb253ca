// Why: English words of the public pages.
export default {
  title: '',
};
