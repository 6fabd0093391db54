/// Puts HTML together. Whatever comes from a rulebook, an intake or a record goes through ``escape(_:)``.
enum HTMLText {
  /// A text that stands for itself, between tags and in attributes.
  static func escape(_ text: String) -> String {
    var result = ""
    for character in text.printable {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
    return result
  }

  /// A whole page that needs nothing from anywhere else.
  ///
  /// - Parameters:
  ///   - language: of the texts, such as `en`.
  ///   - style: rules beside those for all papers.
  ///   - body: HTML.
  static func page(title: String, language: String, style: String, body: [String]) -> String {
    (["<!DOCTYPE html>", "<html lang=\"\(escape(language))\">", "<head>", "<meta charset=\"utf-8\">"]
      + ["<title>\(escape(title))</title>", "<style>", common + style, "</style>", "</head>", "<body>"] + body
      + ["</body>", "</html>", ""]).joined(separator: "\n")
  }

  static func table(_ header: [String], _ rows: [[String]]) -> [String] {
    var lines = ["<table>"]
    if !header.isEmpty {
      lines.append("<tr>" + header.map { "<th scope=\"col\">\(escape($0))</th>" }.joined() + "</tr>")
    }
    for row in rows {
      lines.append(
        "<tr><th scope=\"row\">\(escape(row[0]))</th>"
          + row.dropFirst().map { "<td>\(escape($0))</td>" }.joined() + "</tr>")
    }
    return lines + ["</table>"]
  }

  private static let common = """
    @page { size: letter; margin: 11mm 14mm; }
    * { box-sizing: border-box; }
    body { margin: 0; color: #000; background: #fff; font-family: "DejaVu Sans", Verdana, Arial, sans-serif; line-height: 1.35; }
    h1 { font-size: 1.6em; margin: 0 0 0.2em; }
    h2 { font-size: 1.1em; margin: 0.8em 0 0.25em; border-bottom: 0.4mm solid #000; break-after: avoid; }
    p { margin: 0.2em 0; }
    ul { margin: 0.2em 0; padding-left: 1.2em; }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; vertical-align: top; padding: 0.12em 0.6em 0.12em 0; border-bottom: 0.2mm solid #bbb; }
    tr { break-inside: avoid; }
    @media screen { body { max-width: 186mm; margin: 8mm auto; padding: 0 4mm; } }

    """
}
