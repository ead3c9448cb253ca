// Why: English words of the operator pages.
export default {
  title: 'Workload',
};
