# The list of losses, in the order of menus: a name per file core/losses/<name>.cpp, which defines <name>_loss().
lamina_kinds(loss TYPE LossType HEADER core/losses/loss_type.h CATALOGUE lossCatalogue LIST
  cross_entropy
  binary_cross_entropy
  focal
  dice
  kl
  mse
  mae
  huber
  quantile
  cosine
)
