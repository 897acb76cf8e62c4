# The list of optimizers, in the order of menus: a name per file core/optimizers/<name>.cpp, which defines <name>_optimizer().
lamina_kinds(optimizer TYPE OptimizerType HEADER core/optimizers/optimizer_type.h CATALOGUE optimizerCatalogue LIST
  adam
  adamw
  sgd
  nadam
  rmsprop
  adagrad
  lion
)
