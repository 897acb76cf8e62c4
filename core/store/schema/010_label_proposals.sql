-- Labels of models that nobody has accepted: few beside the others, and counted whenever the Label page opens.
CREATE INDEX label_proposed ON label (item, class, live, model) WHERE live = 1 AND model <> '';
