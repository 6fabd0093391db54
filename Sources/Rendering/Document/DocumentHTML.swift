/// A rulebook in prose as one HTML page, with its pictures in it. It needs no other file and loads nothing.
public enum DocumentHTML {
  public static func render(_ document: RulebookDocument) -> String {
    var body: [String] = []
    var contents: [String] = []
    for block in document.blocks {
      switch block {
      case .heading(let level, let text, let anchor):
        body.append(#"<h\#(level) id="\#(anchor)">\#(HTMLText.escape(text))</h\#(level)>"#)
        if level <= 3 {
          contents.append(##"<li class="level\##(level)"><a href="#\##(anchor)">\##(HTMLText.escape(text))</a></li>"##)
        }
      case .paragraph(let words): body.append("<p>\(inline(words))</p>")
      case .list(let items): body.append(list(items))
      case .table(let header, let rows):
        let head = header.map { "<th>\(HTMLText.escape($0))</th>" }.joined()
        let cells = rows.map { row in "<tr>\(row.map { "<td>\(inline($0))</td>" }.joined())</tr>" }
        body.append(
          "<table><thead><tr>\(head)</tr></thead><tbody>\n\(cells.joined(separator: "\n"))\n</tbody></table>")
      case .picture(let picture): body.append("<figure>\n\(picture.svg)</figure>")
      }
    }
    let title = HTMLText.escape(document.title)
    return """
      <!DOCTYPE html>
      <html lang="\(HTMLText.escape(document.language))">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>\(title)</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <h1>\(title)</h1>
      <nav><ul>
      \(contents.joined(separator: "\n"))
      </ul></nav>
      \(body.joined(separator: "\n"))
      </body>
      </html>

      """
  }

  private static let style = """
    body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 Georgia, serif; color: #1c2733; }
    h1, h2, h3, h4, nav, th { font-family: "Helvetica Neue", Arial, sans-serif; line-height: 1.25; }
    h2 { margin-top: 3rem; border-bottom: 2px solid #38618c; }
    h3 { margin-top: 2.2rem; }
    h4 { margin: 1.6rem 0 .3rem; }
    p, ul { margin: .3rem 0; }
    a { color: #20558a; text-decoration: none; }
    a:hover { text-decoration: underline; }
    nav ul { list-style: none; padding: 0; columns: 2; font-size: .9rem; }
    nav .level2 { font-weight: bold; margin-top: .5rem; }
    nav .level3 { padding-left: 1rem; }
    table { border-collapse: collapse; width: 100%; font-size: .92rem; margin: .6rem 0; }
    th, td { border-bottom: 1px solid #d5dae0; padding: .25rem .5rem .25rem 0; text-align: left; vertical-align: top; }
    code { font-size: .85rem; background: #f1f3f5; padding: 0 .2rem; }
    figure { margin: 1rem 0; overflow-x: auto; }
    figure svg { max-width: 100%; height: auto; }
    @media print { body { max-width: none; font-size: 10pt; } nav { display: none; } h2 { break-before: page; } h4 { break-after: avoid; } a { color: inherit; } }
    """

  private static func list(_ items: [RulebookDocument.Item]) -> String {
    let lines = items.map { item in
      "<li>\(inline(item.words))\(item.below.isEmpty ? "" : "\n\(list(item.below))")</li>"
    }
    return "<ul>\n\(lines.joined(separator: "\n"))\n</ul>"
  }

  private static func inline(_ words: [RulebookDocument.Inline]) -> String {
    words.map { word in
      switch word {
      case .text(let text): HTMLText.escape(text)
      case .strong(let text): "<strong>\(HTMLText.escape(text))</strong>"
      case .code(let text): "<code>\(HTMLText.escape(text))</code>"
      case .link(let text, let anchor): ##"<a href="#\##(anchor)">\##(HTMLText.escape(text))</a>"##
      }
    }.joined()
  }
}
