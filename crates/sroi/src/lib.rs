//! sroi.
