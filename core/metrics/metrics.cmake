# The list of metrics, in the order of tables.
set(metrics accuracy precision recall f1 mae rmse r2)
