// Why: English words of the applicant pages.
export default {
  title: '',
};
