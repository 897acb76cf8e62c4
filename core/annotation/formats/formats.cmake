# The list of annotation formats: a name per file core/annotation/formats/<name>.cpp, which defines <name>_annotation_format().
lamina_kinds(annotation_format TYPE AnnotationFormatType HEADER core/annotation/formats/format_type.h CATALOGUE annotationFormatCatalogue LIST
  coco
  voc
  yolo
  cvat
  labelme
  mask_png
  boxes_csv
  spacy
  conll
)
