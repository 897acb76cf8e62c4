# The families of ONNX operators: one line here, one file of that name beside it with all its operators.
lamina_kinds(operators TYPE OperatorFamily HEADER core/operators/operator_type.h CATALOGUE operatorCatalogue LIST
  unary
  activations
  binary
  reduce
  shape
  movement
  gather
  order
  matrix
  convolution
  pooling
  normalization
  losses
  quantize
  recurrent
  resize
  signal
  picture
)
