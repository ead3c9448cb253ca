//! Verdicts from outside: the seed programme, published and fictional cases, every operator, and
//! what is said about bad input.
mod bounds;
mod calculations;
mod cases;
mod changes;
mod criteria;
mod dated;
mod edges;
mod facts;
mod format;
mod kleene;
mod known;
mod messages;
mod operators;
mod problems;
mod reach;
mod read;
mod said;
mod saved;
mod tables;
