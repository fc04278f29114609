package dev.glosstream.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The batches of an epoch of one or several tasks, those of all tasks shuffled together: each example comes once. */
final class EpochBatches {
    private final List<TrainingBatches> tasks;
    private final List<Place> places;

    /** A batch of a task. */
    private record Place(int task, int index) {}

    private EpochBatches(List<TrainingBatches> tasks, List<Place> places) {
        this.tasks = List.copyOf(tasks);
        this.places = List.copyOf(places);
    }

    /** Returns the batches of tasks; those of a single one stay in its own order. */
    static EpochBatches of(List<TrainingBatches> tasks, Random random) {
        List<Place> places = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            for (int index = 0; index < tasks.get(task).size(); index++) {
                places.add(new Place(task, index));
            }
        }
        if (tasks.size() > 1) {
            Collections.shuffle(places, random);
        }
        return new EpochBatches(tasks, places);
    }

    int size() {
        return places.size();
    }

    /** Returns the number of the task that a step is of, the step counted from 0. */
    int task(int step) {
        return places.get(step).task();
    }

    /** Returns the indices of the examples of a step, counted from 0. */
    int[] batch(int step) {
        Place place = places.get(step);
        return tasks.get(place.task()).batch(place.index());
    }
}
