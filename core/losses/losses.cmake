# The list of losses, in the order of menus.
set(losses cross_entropy binary_cross_entropy mse)
