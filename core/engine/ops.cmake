# The ops, in the order of OpKind (core/engine/graph.h). Each name is a function `const OpType& <name>_op();` in core/engine/ops.
set(LAMINA_OPS
  gemm conv2d conv2d_backward_data conv2d_backward_weights
  max_pool2d max_pool2d_backward average_pool2d average_pool2d_backward
  unary unary_backward binary reduce broadcast reshape concat slice
  softmax softmax_backward cross_entropy cross_entropy_backward binary_cross_entropy binary_cross_entropy_backward
  batch_norm_training batch_norm_inference batch_norm_backward
  dropout all_finite optimizer_update)
