package com.example.reviews;

/** An event of the shop, as its own systems write it. */
public record Review(String id, String store, int stars, String body) {}
