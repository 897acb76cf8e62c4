# The list of importers: a name per file core/data/importers/<name>.cpp, which defines <name>_importer().
lamina_kinds(importer TYPE ImporterType HEADER core/data/importers/importer.h CATALOGUE importerCatalogue LIST
  csv
  idx
  cifar
  json
  npy
  arff
  sqlite
  xlsx
  archive
  image_folder
  video
  text_folder
)
