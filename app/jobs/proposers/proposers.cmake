# The list of proposers: a name per file app/jobs/proposers/<name>.cpp, which defines <name>_proposer().
lamina_kinds(proposer TYPE ProposerType HEADER app/jobs/proposers/proposer_type.h CATALOGUE proposerCatalogue LIST
  trained_classifier
  label_model
)
