//! Files for tests, made on the spot: good ones, and the pieces of hostile ones.
use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};

use flate2::{Compression, write::ZlibEncoder};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The signature that every scanner finds, in two halves.
pub(super) fn eicar() -> Vec<u8> {
    [
        r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-",
        "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    ]
    .concat()
    .into_bytes()
}

/// A PDF of one page with further objects, as text between `obj` and `endobj`.
pub(super) fn pdf_with(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut text = String::from("%PDF-1.7\n");
    let page = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let all = page.into_iter().chain(objects.iter().map(String::as_str));
    for (number, object) in all.enumerate() {
        let _ = write!(text, "{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let _ = write!(
        text,
        "trailer\n<< /Root 1 0 R {trailer} >>\nstartxref\n0\n%%EOF\n"
    );
    text.into_bytes()
}

/// A PDF that says something in its information.
pub(super) fn pdf(note: &str) -> Vec<u8> {
    pdf_with(
        &[format!("<< /Title (CSS /JavaScript course, {note}) >>")],
        "",
    )
}

pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A PDF whose last object is a stream with these words in its dictionary.
pub(super) fn pdf_with_stream(dictionary: &str, stream: &[u8]) -> Vec<u8> {
    let whole = pdf_with(&[], "");
    let at = whole
        .windows(7)
        .position(|window| window == b"trailer")
        .unwrap();
    let (head, tail) = whole.split_at(at);
    let mut bytes = head.to_vec();
    bytes.extend(
        format!(
            "9 0 obj\n<< {dictionary} /Length {} >>\nstream\n",
            stream.len()
        )
        .bytes(),
    );
    bytes.extend(stream);
    bytes.extend(b"\nendstream\nendobj\n");
    bytes.extend(tail);
    bytes
}

pub(super) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships>";

/// A document or workbook with further parts; `body` stands in its main part.
pub(super) fn office(main: &str, body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let (kind, part) = match main {
        "docx" => ("wordprocessingml.document.main+xml", "word/document.xml"),
        _ => ("spreadsheetml.sheet.main+xml", "xl/workbook.xml"),
    };
    let types = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types><Override PartName=\"/{part}\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.{kind}\"/></Types>"
    );
    let content = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><main>{body}</main>");
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        (part, content.as_bytes()),
    ];
    parts.extend(more);
    archive(&parts)
}

/// A relation to something outside the file.
pub(super) fn external(kind: &str) -> String {
    format!(
        "{RELATIONS}<Relationship Id=\"r1\" Type=\"http://schemas/{kind}\" \
         Target=\"http://evil.example/x\" TargetMode=\"External\"/></Relationships>"
    )
}

fn chunk(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(body.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(body);
    bytes.extend([0; 4]);
    bytes
}

/// A PNG that says it has so many dots by so many.
pub(super) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut head = width.to_be_bytes().to_vec();
    head.extend(height.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    let mut bytes = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
    bytes.extend(chunk(*b"IHDR", &head));
    bytes.extend(chunk(*b"IDAT", &deflated(&[0; 4])));
    bytes.extend(chunk(*b"IEND", &[]));
    bytes
}

/// A JPEG with a comment.
pub(super) fn jpeg(comment: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xfe];
    bytes.extend(u16::try_from(comment.len() + 2).unwrap().to_be_bytes());
    bytes.extend(comment);
    bytes.extend([0xff, 0xc0, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0]);
    bytes.extend([
        0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xff, 0x00, 0x34, 0xff, 0xd9,
    ]);
    bytes
}
