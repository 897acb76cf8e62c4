# The list of tasks, in the order of menus.
set(tasks classification regression)
