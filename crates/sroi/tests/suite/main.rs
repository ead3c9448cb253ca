//! One binary for all tests of the calculator, so that they link once.
#[cfg(test)]
mod cases;
#[cfg(test)]
mod compare;
#[cfg(test)]
mod fractions;
#[cfg(test)]
mod interface;
#[cfg(test)]
mod problems;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod published;
#[cfg(test)]
mod record;
#[cfg(test)]
mod sensitivity;
#[cfg(test)]
mod simulation;
