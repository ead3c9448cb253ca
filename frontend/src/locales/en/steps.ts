// Why: English names for the steps and values of a working, by the engines' codes.
export default {
  code: {
    sroi_ratio: 'SROI ratio',
    sroi_present_value: 'Present value',
  },
  value: {
    quantity: 'quantity',
    proxy: 'financial proxy',
  },
};
