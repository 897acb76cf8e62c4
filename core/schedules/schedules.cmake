# The list of schedules, in the order of menus: a name per file core/schedules/<name>.cpp, which defines <name>_schedule().
lamina_kinds(schedule TYPE ScheduleType HEADER core/schedules/schedule_type.h CATALOGUE scheduleCatalogue LIST
  cosine
  constant
  step
  exponential
  one_cycle
  on_plateau
)
