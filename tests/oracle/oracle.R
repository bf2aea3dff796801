# What R's sna and igraph say of one network. Rscript oracle.R FOLDER reads nodes.csv, ties.csv, arcs.csv, meetings.csv, present.csv there
# and writes values.csv: measure, node, value.
suppressPackageStartupMessages({library(sna); library(igraph)})
folder <- commandArgs(trailingOnly = TRUE)[1]
table_of <- function(name) read.csv(file.path(folder, name), colClasses = c(source = "character", target = "character",
  node = "character", group = "character", meeting = "character", actor = "character"), encoding = "UTF-8")
suppressWarnings({nodes <- table_of("nodes.csv"); ties <- table_of("ties.csv"); arcs <- table_of("arcs.csv"); present <- table_of("present.csv")
  meetings <- table_of("meetings.csv")$meeting})
out <- data.frame(measure = character(), node = character(), value = numeric())
say <- function(measure, node, value) out <<- rbind(out, data.frame(measure = measure, node = node, value = as.numeric(value)))
n <- nrow(nodes)

g <- igraph::graph_from_data_frame(ties[, c("source", "target")], directed = FALSE, vertices = nodes["node"])
say("igraph degree", nodes$node, igraph::degree(g))
say("igraph strength", nodes$node, igraph::strength(g, weights = ties$strength))
say("igraph betweenness", nodes$node, igraph::betweenness(g, directed = FALSE, weights = ties$distance) / ((n - 1) * (n - 2) / 2))
say("igraph harmonic_closeness", nodes$node, igraph::harmonic_centrality(g, weights = ties$distance, normalized = TRUE))
say("igraph pagerank", nodes$node, igraph::page_rank(g, weights = ties$strength)$vector)
say("igraph constraint", nodes$node, igraph::constraint(g, weights = ties$strength))
say("igraph coreness", nodes$node, igraph::coreness(g))
say("igraph clustering", nodes$node, igraph::transitivity(g, type = "barrat", weights = ties$strength))
if (igraph::is_connected(g)) {
  e <- igraph::eigen_centrality(g, weights = ties$strength, options = list(tol = 1e-14))$vector
  say("igraph eigenvector", nodes$node, e / sqrt(sum(e^2)))
}

tied <- matrix(0, n, n, dimnames = list(nodes$node, nodes$node))
tied[cbind(ties$source, ties$target)] <- 1
tied <- tied + t(tied)
say("sna betweenness", nodes$node, sna::betweenness(tied, gmode = "graph", cmode = "undirected") / ((n - 1) * (n - 2) / 2))
say("sna harmonic_closeness", nodes$node, sna::closeness(tied, gmode = "graph", cmode = "suminvundir"))
say("sna coreness", nodes$node, sna::kcores(tied, mode = "graph"))
say("sna cut_points", nodes$node, nodes$node %in% nodes$node[sna::cutpoints(tied, mode = "graph", return.indicator = FALSE)])

# Burt's effective size, from the definition, actor by actor: neither package has it.
z <- matrix(0, n, n, dimnames = dimnames(tied))
z[cbind(ties$source, ties$target)] <- ties$strength
z <- z + t(z)
effective <- sapply(seq_len(n), function(i) {
  alters <- which(z[i, ] > 0)
  sum(vapply(alters, function(j) {
    others <- setdiff(seq_len(n), c(i, j))
    1 - sum(z[i, others] / sum(z[i, ]) * z[j, others] / max(z[j, ]))
  }, numeric(1)))
})
say("definition effective_size", nodes$node, effective)

if (nrow(arcs) > 0 && any(nodes$group != "")) {
  sent <- matrix(0, n, n, dimnames = dimnames(tied))
  sent[cbind(arcs$source, arcs$target)] <- 1
  roles <- c("n_coordinator", "n_itinerant", "n_representative", "n_gatekeeper", "n_liaison", "n_brokered")
  raw <- sna::brokerage(sent, nodes$group)$raw.nli
  for (column in seq_along(roles)) say(paste("sna", roles[column]), nodes$node, raw[, column])
  say("sna reciprocity", "whole", sna::grecip(sent, measure = "edgewise"))
}

if (nrow(present) > 0) {
  b <- igraph::graph_from_data_frame(data.frame(present$actor, paste0("m:", present$meeting)), directed = FALSE,
                                     vertices = c(nodes$node, paste0("m:", meetings)))
  m <- length(meetings)
  most <- function(n, m) {s <- (n - 1) %/% m; t <- (n - 1) %% m
    (m^2 * (s + 1)^2 + m * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2}
  between <- igraph::betweenness(b, directed = FALSE)
  far <- igraph::distances(b)
  reach <- rowSums(is.finite(far)) - 1
  far[is.infinite(far)] <- 0
  say("igraph two_mode_degree", nodes$node, igraph::degree(b)[seq_len(n)] / m)
  say("igraph two_mode_betweenness", nodes$node, between[seq_len(n)] / most(n, m))
  near <- (m + 2 * (n - 1)) / rowSums(far)[seq_len(n)] * reach[seq_len(n)] / (n + m - 1)
  say("igraph two_mode_closeness", nodes$node, ifelse(reach[seq_len(n)] > 0, near, 0))
}
write.csv(out, file.path(folder, "values.csv"), row.names = FALSE, fileEncoding = "UTF-8")
