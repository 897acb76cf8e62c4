#include "app/cli/command.h"

int main(int argc, char** argv) { return lamina::runCommandLine(argc, argv); }
