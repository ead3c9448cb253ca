//! The same least squares done the long way in floats: a full design matrix with one column for
//! each application and reviewer, the last reviewer's severity being less the sum of the others.
#![expect(
    clippy::float_arithmetic,
    reason = "an independent computation to compare with"
)]
use std::collections::BTreeSet;

use money::Decimal;

pub(super) struct Dense {
    pub(super) severities: Vec<f64>,
    pub(super) applications: Vec<f64>,
    pub(super) severity_errors: Vec<f64>,
    pub(super) application_errors: Vec<f64>,
    pub(super) residual_sd: f64,
}

pub(super) fn near(own: Decimal, known: f64) -> bool {
    let own: f64 = own.to_string().parse().unwrap();
    (own - known).abs() < 2e-6
}

fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

pub(super) fn solve(levels: &[(usize, usize, i64)]) -> Dense {
    let reviewers: Vec<usize> = levels
        .iter()
        .map(|row| row.0)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let applications: Vec<usize> = levels
        .iter()
        .map(|row| row.1)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let (many, free) = (applications.len(), reviewers.len() - 1);
    let width = many + free;
    let mut rows = Vec::new();
    for (reviewer, application, level) in levels {
        let mut row = vec![0.0; width];
        row[applications.iter().position(|a| a == application).unwrap()] = 1.0;
        let place = reviewers.iter().position(|r| r == reviewer).unwrap();
        if place < free {
            row[many + place] = 1.0;
        } else {
            row[many..].fill(-1.0);
        }
        rows.push((row, f64::from(i32::try_from(*level).unwrap())));
    }
    let (inverse, right) = inverted(&rows, width);
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let estimates: Vec<f64> = inverse.iter().map(|row| product(row, &right)).collect();
    let squares: f64 = rows
        .iter()
        .map(|(row, level)| (level - product(row, &estimates)).powi(2))
        .sum();
    let residual_sd = (squares / float(rows.len() - width)).sqrt();
    let mut severities = estimates[many..].to_vec();
    severities.push(-severities.iter().sum::<f64>());
    let mut factors: Vec<f64> = (many..width).map(|place| inverse[place][place]).collect();
    factors.push(
        (many..width)
            .map(|a| inverse[a][many..].iter().sum::<f64>())
            .sum(),
    );
    let error = |factor: &f64| residual_sd * factor.max(0.0).sqrt();
    Dense {
        severities,
        applications: estimates[..many].to_vec(),
        severity_errors: factors.iter().map(error).collect(),
        application_errors: (0..many)
            .map(|place| error(&inverse[place][place]))
            .collect(),
        residual_sd,
    }
}

/// The inverse of the normal equations, and their right side.
fn inverted(rows: &[(Vec<f64>, f64)], width: usize) -> (Vec<Vec<f64>>, Vec<f64>) {
    // Normal equations beside the unit matrix, eliminated with the largest pivot.
    let mut table = vec![vec![0.0; 2 * width]; width];
    let mut right = vec![0.0; width];
    for (row, level) in rows {
        for a in 0..width {
            right[a] += row[a] * level;
            for b in 0..width {
                table[a][b] += row[a] * row[b];
            }
        }
    }
    for (place, row) in table.iter_mut().enumerate() {
        row[width + place] = 1.0;
    }
    for column in 0..width {
        let pivot = (column..width)
            .max_by(|a, b| table[*a][column].abs().total_cmp(&table[*b][column].abs()))
            .unwrap();
        table.swap(column, pivot);
        let scale = table[column][column];
        table[column].iter_mut().for_each(|cell| *cell /= scale);
        let own = table[column].clone();
        for (place, row) in table.iter_mut().enumerate() {
            if place != column {
                let factor = row[column];
                row.iter_mut()
                    .zip(&own)
                    .for_each(|(cell, own)| *cell -= factor * own);
            }
        }
    }
    let inverse = table.into_iter().map(|row| row[width..].to_vec());
    (inverse.collect(), right)
}
