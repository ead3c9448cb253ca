// Why: English words for each problem code the server can name. `path` and the server's params may
// be used; the sentence names the cause and what to do.
export default {
  unnamed: 'Something needs attention here.',
  missing: 'Fill this in.',
  blank: 'Fill this in: it is empty.',
  sign_in_refused: 'The e-mail address or the password is not right.',
  sign_in_throttled: 'Too many attempts. Wait a minute and try again.',
  server_unreachable: 'The server could not be reached. Try again in a moment.',
};
