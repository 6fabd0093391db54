// Merely parses lines of JSON, from a file in memory, as fast as simdjson can: what Tests/Benchmarks/batch compares with.
//
// Usage: parse FILE ondemand|dom. Prints how many values there were, so that nothing is left out.

#include <cstdio>
#include <cstring>

#include <simdjson.h>

using namespace simdjson;

static size_t walk(ondemand::value value) {
  size_t count = 1;
  switch (value.type().value()) {
    case ondemand::json_type::object:
      for (auto field : value.get_object()) count += walk(field.value());
      break;
    case ondemand::json_type::array:
      for (auto element : value.get_array()) count += walk(element.value());
      break;
    case ondemand::json_type::string: count += value.get_string().value().size() > 100; break;
    case ondemand::json_type::number: count += value.get_double().value() > 1e9; break;
    case ondemand::json_type::boolean: count += value.get_bool().value(); break;
    default: break;
  }
  return count;
}

int main(int argc, char **argv) {
  if (argc != 3) return 64;
  auto text = padded_string::load(argv[1]).value();
  size_t count = 0;
  if (std::strcmp(argv[2], "dom") == 0) {
    dom::parser parser;
    dom::document_stream lines = parser.parse_many(text);
    for (auto line : lines) count += line.get_object().value().size();
  } else {
    ondemand::parser parser;
    ondemand::document_stream lines = parser.iterate_many(text);
    for (auto line : lines) {
      for (auto field : line.get_object()) count += walk(field.value());
    }
  }
  std::printf("%zu\n", count);
}
