# The list of schedules, in the order of menus.
set(schedules cosine constant)
