# The list of metrics, in the order of tables: a name per file core/metrics/<name>.cpp, which defines <name>_metric().
lamina_kinds(metric TYPE MetricType HEADER core/metrics/metric_type.h CATALOGUE metricCatalogue LIST
  accuracy
  precision
  recall
  f1
  mae
  rmse
  r2
)
