// Why: English words of the operator pages.
export default {
  title: 'Workload',
  intro: 'Counts and ages of background work. What the work is about stays with the organisations.',
  state: 'State',
  count: 'Pieces of work',
  oldest: 'Oldest',
  meaning: 'Meaning',
  justNow: 'just now',
  notCounted: 'not counted',
  asAt: 'As at {{time}} HKT, asked again every {{seconds}} s.',
  stale: 'The server did not answer; these are the last known counts.',
  dead: 'Stopped for good: {{number}}.',
  deadHelp: 'Find the cause in the server log, then replay the work from the command line.',
  means: {
    QUEUED: 'Due or waiting for its time; a long wait means that the workers do not keep up.',
    RUNNING: 'In the hands of a worker; taken back when its lease runs out.',
    FAILED: 'Did not succeed and waits for another attempt.',
    DEAD: 'Used up all attempts; nobody tries it again by itself.',
    DONE: 'Finished and recorded.',
  },
};
