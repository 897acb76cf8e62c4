# Every subcommand of `lamina`, in the order of its help: app/cli/<name>.cpp defines `void <name>_command(Command&)`.
# An underscore becomes a dash on the command line.
set(lamina_commands
  road
  new
  import
  describe
  split
  build
  train
  find_learning_rate
  resume
  runs
  evaluate
  predict
  export
  verify
  undo
  redo
  history
  list_layers
  devices
  explain
  onnx
)
