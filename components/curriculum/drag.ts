import {
  closestCenter,
  type Active,
  type CollisionDetection,
  type DroppableContainer,
  type KeyboardCoordinateGetter,
  type UniqueIdentifier,
} from "@dnd-kit/core";

/** What a draggable or droppable thing of the curriculum is; kept in dnd-kit's `data`. */
export type DragData = { type: "chapter"; empty: boolean } | { type: "lesson" };

function dataOf(thing: Pick<Active, "data"> | DroppableContainer): DragData | null {
  const data: unknown = thing.data.current;
  if (typeof data !== "object" || data === null || !("type" in data)) return null;
  if (data.type === "lesson") return { type: "lesson" };
  return data.type === "chapter" ? { type: "chapter", empty: "empty" in data && data.empty === true } : null;
}

/** Chapters land among chapters; lessons land beside lessons, or in a chapter that has none. */
function accepts(active: Active, target: DroppableContainer): boolean {
  const moved = dataOf(active);
  const over = dataOf(target);
  if (!moved || !over) return false;
  return moved.type === "chapter" ? over.type === "chapter" : over.type === "lesson" || over.empty;
}

/** Chapters differ much in height, so what counts for them is how near the upper edges are. */
export const detectCollision: CollisionDetection = (args) => {
  const droppableContainers = args.droppableContainers.filter((container) => accepts(args.active, container));
  if (dataOf(args.active)?.type === "lesson") return closestCenter({ ...args, droppableContainers });
  const byEdge: { id: UniqueIdentifier; distance: number; container: DroppableContainer }[] = [];
  for (const container of droppableContainers) {
    const rect = args.droppableRects.get(container.id);
    if (rect) byEdge.push({ id: container.id, distance: Math.abs(rect.top - args.collisionRect.top), container });
  }
  return byEdge
    .sort((left, right) => left.distance - right.distance)
    .map(({ id, distance, container }) => ({ id, data: { droppableContainer: container, value: distance } }));
};

/** Up and Down go to the next place that takes what is carried. */
export const nextPlace: KeyboardCoordinateGetter = (event, { context }) => {
  const down = event.code === "ArrowDown";
  if (!down && event.code !== "ArrowUp") return undefined;
  event.preventDefault();
  const { active, collisionRect, droppableContainers, droppableRects } = context;
  if (!active || !collisionRect) return undefined;
  let best: { left: number; top: number } | null = null;
  for (const container of droppableContainers.getEnabled()) {
    const rect = container.id === active.id || !accepts(active, container) ? undefined : droppableRects.get(container.id);
    if (!rect) continue;
    const away = down ? rect.top - collisionRect.top : collisionRect.top - rect.top;
    // A pixel of tolerance: where it lies now is not the next place.
    if (away > 1 && (!best || away < Math.abs(best.top - collisionRect.top))) best = rect;
  }
  return best ? { x: best.left, y: best.top } : undefined;
};
