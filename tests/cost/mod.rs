//! Cost sharing from the form to the funder: an exemption that changes the figures, a plan that is
//! solved within its limits, the workbook, the list of exempt schemes.
mod exemption;
mod plan;
mod pool_sheet;
