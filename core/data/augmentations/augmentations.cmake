# The list of augmentations: a name per file core/data/augmentations/<name>.cpp, which defines <name>_augmentation().
lamina_kinds(augmentation TYPE AugmentationType HEADER core/data/augmentations/augmentation.h CATALOGUE augmentationCatalogue LIST
  flip
  rotate
  crop
  translate
  zoom
  shear
  brightness
  contrast
  colour
  noise
  blur
  cutout
  mixup
  cutmix
  rand_augment
  table_noise
  jitter
  scaling
  warp
  word_dropout
)
