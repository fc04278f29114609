package com.example.reviews;

import java.util.List;

/** What the support team gets to see. */
public record Alert(String reviewId, String store, double certainty, List<String> companies, List<String> places) {}
