// Merely scans a YAML file with libyaml: what Tests/Benchmarks/load compares with.
//
// Usage: scan FILE. Prints how many tokens there were.

#include <stdio.h>
#include <yaml.h>

int main(int argc, char **argv) {
  if (argc != 2) return 64;
  FILE *file = fopen(argv[1], "rb");
  if (file == NULL) return 1;
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_file(&parser, file);
  long count = 0;
  int is_done = 0;
  while (!is_done) {
    yaml_token_t token;
    if (!yaml_parser_scan(&parser, &token)) return 1;
    is_done = token.type == YAML_STREAM_END_TOKEN;
    yaml_token_delete(&token);
    count++;
  }
  yaml_parser_delete(&parser);
  fclose(file);
  printf("%ld\n", count);
}
