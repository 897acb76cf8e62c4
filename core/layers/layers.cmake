# The layer catalogue: one line here, one file of that name beside it, one picture in resources/layers.
lamina_kinds(layer TYPE LayerType HEADER core/layers/layer_type.h CATALOGUE layerCatalogue LIST
  input
  dense
  conv2d
  max_pool2d
  average_pool2d
  global_average_pool
  flatten
  dropout
  batch_norm
  relu
  leaky_relu
  sigmoid
  tanh
  softmax
  add
  concat
)
