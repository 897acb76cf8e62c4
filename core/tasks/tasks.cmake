# The list of tasks, in the order of menus: a name per file core/tasks/<name>.cpp, which defines <name>_task().
lamina_kinds(task TYPE TaskType HEADER core/tasks/task_type.h CATALOGUE taskCatalogue LIST
  classification
  regression
)
