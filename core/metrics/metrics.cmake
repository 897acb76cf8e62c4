# The list of metrics, in the order of tables: a name per file core/metrics/<name>.cpp, which defines <name>_metric().
lamina_kinds(metric TYPE MetricType HEADER core/metrics/metric_type.h CATALOGUE metricCatalogue LIST
  accuracy
  precision
  recall
  f1
  balanced_accuracy
  f1_weighted
  specificity
  iou
  matthews
  cohen_kappa
  roc_auc
  pr_auc
  log_loss
  top_3
  top_5
  mae
  rmse
  r2
  mape
)
