// Why: English words of the own account.
export default {
  title: 'Your account',
  password: {
    title: 'Change your password',
    current: 'Password now',
    new: 'New password',
    newHelp: 'At least 12 characters; four words that have nothing to do with each other are easy to keep.',
    submit: 'Change password',
    done: 'The password is changed. Everywhere else you have been signed out.',
  },
  sessions: {
    title: 'Where you are signed in',
    intro: 'End what you do not recognise, then change your password.',
    unknown: 'A browser that does not say its name',
    from: 'from {{address}}',
    since: 'since',
    seen: 'last used',
    current: 'This browser',
    end: 'Sign out there',
    endOthers: 'Sign out everywhere else',
  },
};
