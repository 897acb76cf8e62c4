# One line per canvas tool: tools/<name>.cpp, in the order in which they are shown.
lamina_kinds(tool TYPE CanvasToolType HEADER widgets/canvas/canvas_tool.h CATALOGUE canvasTools LIST
  select
  box
  ellipse
  polygon
  line
  points
  brush
  eraser
  magic_wand
  live_wire
  grab_cut
)
