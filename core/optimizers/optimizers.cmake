# The list of optimizers, in the order of menus.
set(optimizers adam adamw sgd)
